extension FieldErrorCode {
    /// What is wrong with the place that the error points at.
    var meaning: String {
        switch self {
        case .required: "Is missing."
        case .unknownField: "There is no such member."
        case .unknownParameter: "There is no such parameter."
        case .duplicate: "Is there twice, or is taken by another thing of the tenant."
        case .wrongType: "Has a value of another JSON type."
        case .notNull: "Must have a value."
        case .tooShort: "Has too few characters, or only spaces."
        case .tooLong: "Has too many characters or bytes."
        case .tooFew: "Has too few elements."
        case .tooMany: "Has too many elements, or asks for too many rows."
        case .outOfRange: "Is a number, a time or a length outside the range that `detail` names."
        case .notAllowed: "Must not be there, or not be this, beside the rest of the request or for this key."
        case .invalidFormat: "Is not written in the form that the field has."
        case .invalidCharacter: "Has a control character."
        case .inPast: "Must not be in the past."
        case .inFuture: "Must not be in the future."
        case .limitReached: "Would be more than a tenant, or the thing that holds them, may have."
        case .invalidDefinition: "Is a definition that contradicts itself; `detail` tells how."
        case .unknownZone: "Is not a zone of the IANA time zone database."
        case .conflict: "Contradicts another field, or something that exists."
        case .addressRefused: "Is an address to which this deployment sends nothing."
        case .invalid: "A rule refuses it; `detail` tells which."
        case .unknownReference: "Names something that does not exist in the key's tenant, or is used no more."
        }
    }
}

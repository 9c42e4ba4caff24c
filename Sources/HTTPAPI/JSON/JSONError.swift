/// Why a text is not JSON that the API reads (api.md 2); always answered with 400.
public struct JSONError: Error, Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable {
        case empty
        case notUTF8 = "not-utf8"
        case unexpectedEnd = "unexpected-end"
        case unexpectedByte = "unexpected-byte"
        case trailingBytes = "trailing-bytes"
        case invalidNumber = "invalid-number"
        case invalidEscape = "invalid-escape"
        case loneSurrogate = "lone-surrogate"
        case controlCharacter = "control-character"
        case duplicateKey = "duplicate-key"
        case tooDeep = "too-deep"
        case tooManyValues = "too-many-values"
        case notAnObject = "not-an-object"
    }

    public let reason: Reason
    /// The byte at which reading stopped, from 0.
    public let offset: Int
    /// The member that is there twice, where the reason is ``Reason/duplicateKey``.
    public let pointer: String?

    init(_ reason: Reason, at offset: Int, pointer: String? = nil) {
        self.reason = reason
        self.offset = offset
        self.pointer = pointer
    }

    /// The same error seen from the container around it.
    func nested(in token: String) -> JSONError {
        JSONError(reason, at: offset, pointer: pointer.map { "/" + token + $0 })
    }
}

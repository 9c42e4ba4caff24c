public import Domain

/// An address with the name that people see.
public struct Mailbox: Hashable, Sendable {
    public let name: String?
    public let address: EmailAddress

    /// - Throws: ``MailMessageError/unsafeHeader(_:)`` where the name holds a control character or is longer than 256 bytes.
    public init(name: String? = nil, address: EmailAddress) throws(MailMessageError) {
        if let name {
            guard MailSyntax.isSafeHeaderText(name), name.utf8.count <= 256 else { throw .unsafeHeader("display name") }
        }
        self.name = name?.isEmpty == true ? nil : name
        self.address = address
    }

    /// `Name <address>`, as header words: the name plain, quoted or encoded.
    var headerWords: [String] {
        guard let name else { return [address.text] }
        return HeaderText.phrase(name) + ["<\(address.text)>"]
    }
}

/// Somebody who asks for help.
public struct RequesterContent: VersionedContent {
    public typealias Kind = Entity.Requester
    public static let uniqueField: String? = "email"
    public var name: String
    /// In lower case: one person has one entry, however the address is written.
    public var email: String
    public var isVIP: Bool
    /// The language of his tickets that say nothing else, as ``LanguageTag/canonical(_:)`` gives it.
    public var language: String?
    /// The one company that he belongs to.
    public var organizationID: OrganizationID?

    public init(name: String, email: String, isVIP: Bool = false, language: String? = nil, organizationID: OrganizationID? = nil) {
        self.name = name
        self.email = email.lowercased()
        self.isVIP = isVIP
        self.language = language
        self.organizationID = organizationID
    }
}

/// Where zones come from: in production the operating system's time zone database, read outside this module.
public protocol TimeZoneSource: Sendable {
    /// The rules of an IANA zone.
    ///
    /// - Throws: ``TimeZoneError`` for a name that does not exist or data that cannot be read.
    func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules

    /// The release of the database that the zones come from (`2025b`); nil where the source cannot tell.
    var databaseVersion: String? { get }
}

extension TimeZoneSource {
    public var databaseVersion: String? { nil }
}

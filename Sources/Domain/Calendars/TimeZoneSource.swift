/// Where zones come from: in production the operating system's time zone database, read outside this module.
public protocol TimeZoneSource: Sendable {
    /// The rules of an IANA zone.
    ///
    /// - Throws: ``TimeZoneError`` for a name that does not exist or data that cannot be read.
    func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules
}

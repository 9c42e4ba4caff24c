import Domain

/// No time zones: for tests without calendars.
struct NoZones: TimeZoneSource {
    func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
        throw .unknown(name)
    }
}

/// A list of holidays as it arrives: an iCalendar file, or a JSON document that was read already.
public enum HolidayInput: Hashable, Sendable {
    case ics([UInt8])
    case document(HolidayDocument)

    /// The list in the zone of a calendar.
    ///
    /// - Throws: ``HolidayListError``.
    public func list(zoneName: String, zones: any TimeZoneSource) throws(HolidayListError) -> HolidayList {
        switch self {
        case .ics(let bytes): try HolidayList(ics: bytes, zoneName: zoneName, zones: zones)
        case .document(let document): try document.list()
        }
    }
}

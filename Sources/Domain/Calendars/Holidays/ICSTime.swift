/// A DATE or DATE-TIME value (RFC 5545 3.3.4 and 3.3.5).
enum ICSTime: Hashable, Sendable {
    case date(CivilDate)
    /// Wall time: local seconds since 1970-01-01 00:00, with the zone that is named (nil: in whichever zone the reader is).
    case wall(Int64, zone: String?)
    /// Seconds since 1970.
    case utc(Int64)

    /// - Throws: ``HolidayListError`` at the property's line.
    init(_ property: ICSProperty) throws(HolidayListError) {
        try self.init(
            property.value,
            zone: property.parameters["TZID"],
            at: property.place,
            isDate: property.parameters["VALUE"]?.uppercased() == "DATE"
        )
    }

    init(_ text: String, zone: String?, at place: String, isDate: Bool = false) throws(HolidayListError) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 8, let year = decimal(bytes[0..<4]), let month = decimal(bytes[4..<6]), let day = decimal(bytes[6..<8]),
            let date = CivilDate(year: year, month: month, day: day), (1_900...2_299).contains(year)
        else { throw HolidayListError(place, "is no date of the form YYYYMMDD between the years 1900 and 2299") }
        if bytes.count == 8 {
            self = .date(date)
            return
        }
        guard !isDate, bytes.count == 15 || bytes.count == 16 && bytes[15] == UInt8(ascii: "Z"), bytes[8] == UInt8(ascii: "T"),
            let hour = decimal(bytes[9..<11]), hour < 24, let minute = decimal(bytes[11..<13]), minute < 60,
            let second = decimal(bytes[13..<15]), second <= 60
        else { throw HolidayListError(place, isDate ? "is no date of the form YYYYMMDD" : "is no date and time of the form YYYYMMDDTHHMMSS") }
        let local = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3_600 + minute * 60 + min(second, 59))
        self = bytes.count == 16 ? .utc(local) : .wall(local, zone: zone)
    }

    var date: CivilDate? {
        if case .date(let date) = self { date } else { nil }
    }

    /// Whether it is wall time of whichever zone the reader is in.
    var isFloating: Bool {
        if case .wall(_, zone: nil) = self { true } else { false }
    }

    /// The same clock so many seconds later: days of 24 hours by the wall, whatever the wall's clock does meanwhile; in UTC they are as long.
    func adding(_ seconds: Int64) -> ICSTime {
        switch self {
        case .date(let date): .date(date.adding(days: Int(seconds.flooredQuotient(86_400))))
        case .wall(let local, let zone): .wall(local + seconds, zone: zone)
        case .utc(let instant): .utc(instant + seconds)
        }
    }
}

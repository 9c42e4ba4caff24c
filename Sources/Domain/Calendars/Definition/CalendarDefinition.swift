/// When a calendar is open, as a person writes it (sla.md, Calendars): wall time in one zone. ``BusinessCalendar`` is its compiled form.
///
/// JSON, as of `docket calendar eval` and the API:
/// ```
/// {"tz": "Europe/Berlin",
///  "weekly": {"mon": [["09:00", "12:00"], ["13:30", "18:00"]], "fri": [["22:00", "30:00"]]},
///  "holidays": ["2024-05-01"],
///  "closures": [["2024-12-24", "12:00", "24:00"], {"from": "12-25", "to": "12-26", "yearly": true, "name": "Christmas"}],
///  "openings": {"2024-11-30": [["10:00", "14:00"]]},
///  "always_open": false,
///  "opening_sources": {"2024-11-30": "company/2024"},
///  "published_years": [2024]}
/// ```
public struct CalendarDefinition: Hashable, Sendable {
    /// The IANA name of the zone in which every time of this calendar is read.
    public var zone: String
    /// Regular hours; several windows a day, and windows over midnight, are allowed.
    public var weekly: [Weekday: [WallInterval]]
    /// Holidays and other closed days or parts of days.
    public var closures: [CalendarClosure]
    /// Days with hours of their own, which replace the whole civil day: special openings, make-up workdays (调休). An empty list closes the day.
    public var openings: [CivilDate: [WallInterval]]
    /// Open at every hour; stands in for `weekly`. Closures and openings still apply.
    public var alwaysOpen: Bool
    /// Which of the openings were imported, and from where; the others were made by hand.
    public var openingSources: [CivilDate: HolidaySource] = [:]
    /// Years whose holidays are known to be complete, because a list for them was imported or somebody says so.
    public var publishedYears: Set<Int> = []

    public init(
        zone: String,
        weekly: [Weekday: [WallInterval]] = [:],
        closures: [CalendarClosure] = [],
        openings: [CivilDate: [WallInterval]] = [:],
        alwaysOpen: Bool = false
    ) {
        self.zone = zone
        self.weekly = weekly
        self.closures = closures
        self.openings = openings
        self.alwaysOpen = alwaysOpen
    }

    /// Whether nobody has published the holidays of a year yet (`unpublished_year`), so that instants in it may still move.
    ///
    /// A year of ``publishedYears`` is. Otherwise yearly rules alone are taken as complete; a calendar that lists dates, or none at all, needs at least one date in the year.
    public func isUnpublished(year: Int) -> Bool {
        if publishedYears.contains(year) { return false }
        if closures.isEmpty { return !alwaysOpen }
        let dated = closures.filter { if case .dates = $0.days { true } else { false } }
        return !dated.isEmpty && !dated.contains { $0.isPublished(for: year) }
    }
}

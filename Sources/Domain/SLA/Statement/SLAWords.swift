/// The words of an ``SLAStatement`` in one language.
protocol SLAWords: Sendable {
    func title(_ ticket: Int64?) -> String
    func asOf(_ moment: String, zone: String) -> String
    var nothingPromised: String { get }
    func metric(_ metric: SLAMetric, instance: Int) -> String
    func policy(_ name: String, version: Int, description: String) -> String
    func promise(_ target: String, calendar: String?, isBusiness: Bool, version: Int) -> String
    /// Whose opening hours count.
    func calendar(_ source: SLACalendarChoice.Source) -> String
    func started(_ moment: String) -> String
    func used(_ used: String, of target: String, percent: Int64, left: String?, over: String?) -> String
    func due(_ moment: String, missedFrom: String?) -> String
    func status(_ explanation: SLAExplanation, ended: String?, pause: String?) -> String
    func ifResumed(due: String) -> String
    var counted: String { get }
    func sum(_ amount: String) -> String
    func more(windows: Int) -> String
    func more(windowsAtLeast: Int) -> String
    var notCounted: String { get }
    func more(pauses: Int) -> String
    var stillStands: String { get }
    var specialDays: String { get }
    func specialDay(_ day: CalendarSpecialDay) -> String
    func more(days: Int) -> String
    func more(daysAtLeast: Int) -> String
    var unpublished: String { get }
    func earlier(_ count: Int) -> String
    func state(_ state: Lifecycle.State) -> String
    var otherPause: String { get }

    /// `Mon 2024-03-04 09:00`
    func moment(_ time: WallTime) -> String
    func day(_ date: CivilDate) -> String
    /// Whole seconds: `3 h 20 min`.
    func duration(seconds: Int64) -> String
}

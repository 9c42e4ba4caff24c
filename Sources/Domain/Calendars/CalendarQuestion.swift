/// A question to a calendar, with times and amounts in whole seconds.
public struct CalendarQuestion: Hashable, Sendable, Codable {
    public enum Operation: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
        /// 1 when the calendar is open at `at`, else 0.
        case open
        /// Open seconds from `at` to `arg`; negative when `arg` is earlier.
        case elapsed
        /// LEFT end of `at` + `arg` open seconds.
        case add
        /// RIGHT end of `at` + `arg` open seconds.
        case breach
        /// The latest instant from which `arg` open seconds pass until `at`.
        case sub
        /// The first open instant at or after `at`.
        case nextOpen = "next_open"
        /// The first closed instant at or after `at`.
        case nextClose = "next_close"
    }

    private enum CodingKeys: String, CodingKey {
        case calendar = "cal"
        case operation = "op"
        case time = "at"
        case argument = "arg"
    }

    /// The id given in a `define` line.
    public let calendar: String
    public let operation: Operation
    /// Seconds since 1970.
    public let time: Int64
    /// Seconds: an amount, or for `elapsed` the end; needed by `elapsed`, `add`, `breach` and `sub`.
    public let argument: Int64?

    public init(calendar: String, operation: Operation, time: Int64, argument: Int64? = nil) {
        self.calendar = calendar
        self.operation = operation
        self.time = time
        self.argument = argument
    }
}

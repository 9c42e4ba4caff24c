import Glibc

/// Shows on stderr how far a replay is: one line redrawn on a terminal, a line now and then elsewhere.
actor ReplayProgress {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let total: Int
    private var created = 0
    private var played = 0
    private var looked = 0
    private var shown = ContinuousClock.now

    init(total: Int) {
        self.total = total
    }

    func add(created: Int = 0, played: Int = 0, looked: Int = 0) {
        self.created += created
        self.played += played
        self.looked += looked
        let isOver = self.looked == total
        guard isOver || shown.duration(to: .now) >= (isTerminal ? .milliseconds(100) : .seconds(2)) else { return }
        shown = .now
        let line = "replay: \(self.created) of \(total) created, \(self.played) played to the end, \(self.looked) looked at"
        write(isTerminal ? "\r\u{1B}[K" + line + (isOver ? "\n" : "") : line + "\n")
    }

    /// A line that stays.
    func tell(_ line: String) {
        write((isTerminal ? "\r\u{1B}[K" : "") + "replay: \(line)\n")
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Best effort: a closed stderr must not end the replay.
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}

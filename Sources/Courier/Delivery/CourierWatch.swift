/// When a courier may look which others are gone. After a failure of its own it only shows itself for a while: the others may not be back yet, either.
struct CourierWatch {
    private static let looksToRecover = 2

    private var looksToSkip = 0

    /// Whether this time it looks for others, too.
    mutating func looksForOthers() -> Bool {
        guard looksToSkip > 0 else { return true }
        looksToSkip -= 1
        return false
    }

    /// It could not show itself: the database was away.
    mutating func failed() {
        looksToSkip = Self.looksToRecover
    }
}

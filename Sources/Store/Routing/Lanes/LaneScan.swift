/// How far a queue's classes are looked through, where there are more of them than one pass reads (``LoadRoutingHeads/classLimit``): decision 29.
///
/// The passes of a look go around the classes by their keys. Whatever happens meanwhile may concern a class that was passed already; then the round ends where the
/// look stood at that moment, a full turn later.
public struct LaneScan: Equatable, Sendable {
    /// The next pass reads the classes behind this key; nil where no look is under way.
    public private(set) var after: Int64?
    /// The look ends at this key, after the classes of the highest keys; nil where it ends with those.
    public private(set) var until: Int64?

    public init(after: Int64? = nil, until: Int64? = nil) {
        self.after = after
        self.until = until
    }

    /// Where this pass begins to read.
    public var position: Int64 { after ?? .min }

    /// How many signals a pass finds that nobody but the pass before it left.
    public var ownSignals: Int { after == nil ? 0 : 1 }

    /// Something happened: all classes are worth a look again.
    public mutating func restart() {
        until = after
    }

    /// A pass has read on.
    ///
    /// - Parameter last: the highest key that it read; nil where it read up to the highest of all.
    public mutating func advance(to last: Int64?) {
        // Behind the place where it ends as long as the highest keys are still to come.
        let isSecondHalf = until.map { position < $0 } ?? false
        if let last {
            after = last
            if isSecondHalf, let until, last >= until { end() }
        } else if let until, !isSecondHalf, until > .min {
            after = .min
        } else {
            end()
        }
    }

    /// The look is over.
    public mutating func end() {
        (after, until) = (nil, nil)
    }
}

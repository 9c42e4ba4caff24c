/// The clocks by which a timer counts: its promise's, and those by which spans were counted that a prospective change has frozen.
struct SLATimerClocks: Sendable {
    let present: SLAClock
    /// One whose calendar is not known any more is missing.
    var former: [SLAMeasure: SLAClock] = [:]

    /// By which a span was counted; nil where that is not known any more.
    func clock(of segment: SLARunSegment) -> SLAClock? { segment.frozen.map { former[$0] } ?? present }
}

public import Domain

/// What became of notices whose time had come.
public struct HeldNoticeReport: Sendable {
    /// How many were locked.
    public internal(set) var claimed = 0
    /// Whether more may be due.
    public internal(set) var hasMore = false
    public internal(set) var sent = 0
    /// It is quiet for their readers still, or again.
    public internal(set) var postponed = 0
    /// Not sent, by why.
    public internal(set) var dropped: [NoticeLapse: Int] = [:]
}

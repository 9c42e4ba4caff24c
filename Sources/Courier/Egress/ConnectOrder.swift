/// Which of a host's addresses are tried, and in which order.
enum ConnectOrder {
    /// The first address, then one more: of the other family where there is one, since a way out is often missing for a whole family (RFC 8305 4), else the
    /// second.
    ///
    /// - Parameter addresses: all of them checked, in the order in which the resolver prefers them.
    static func tried(of addresses: [IPAddress]) -> [IPAddress] {
        guard let first = addresses.first else { return [] }
        let others = addresses.dropFirst()
        return [first] + [others.first { $0.isIPv4 != first.isIPv4 } ?? others.first].compactMap(\.self)
    }
}

extension IPAddress {
    fileprivate var isIPv4: Bool {
        if case .v4 = self { true } else { false }
    }
}

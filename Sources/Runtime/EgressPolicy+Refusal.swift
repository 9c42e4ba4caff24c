import Courier

extension EgressPolicy {
    /// Why nothing may be sent to an address, as far as its text tells; nil where it may. The courier asks again with the resolved address.
    func refusal(of url: String) -> String? {
        do {
            try check(try EgressURL(url))
            return nil
        } catch {
            return "\(error)"
        }
    }
}

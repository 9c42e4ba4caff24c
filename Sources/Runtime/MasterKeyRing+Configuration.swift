import Configuration
import UseCases

extension MasterKeyRing {
    /// - Returns: nil where there is no master key.
    /// - Throws: ``ConfigurationProblem``, which never tells a key.
    init?(_ reader: ConfigReader) throws {
        let earlier = reader.string(forKey: "earlier.master.keys", isSecret: true)
        guard let text = reader.string(forKey: "master.key", isSecret: true) else {
            if earlier != nil { throw ConfigurationProblem("DOCKET_EARLIER_MASTER_KEYS needs DOCKET_MASTER_KEY") }
            return nil
        }
        guard let current = MasterKey(hexadecimal: text) else { throw ConfigurationProblem("DOCKET_MASTER_KEY must be 64 hexadecimal digits") }
        let parts = earlier?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        let keys = parts.compactMap { MasterKey(hexadecimal: String($0)) }
        guard keys.count == parts.count, keys.count <= Self.maximumEarlier else {
            throw ConfigurationProblem(
                "DOCKET_EARLIER_MASTER_KEYS must be up to \(Self.maximumEarlier) times 64 hexadecimal digits, with commas between them"
            )
        }
        self.init(current: current, earlier: keys)
    }
}

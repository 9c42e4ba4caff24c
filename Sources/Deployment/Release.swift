/// Which Docket this is. The API has a version of its own, which is part of its addresses.
public enum Release {
    /// Semantic versioning (semver.org): this is the only place where it is written.
    public static let version = "0.9.0"
}

/// How many versions there may be.
public enum PromiseVersions {
    /// The most versions of all policies of a tenant, and as many of all its calendars, that are read with its configuration. Edits beyond it are refused, and
    /// `docket doctor` tells when a tenant comes near.
    public static let maximum = 10_000
    /// What all versions of a kind of a tenant may take as text: every process holds them in memory, and reads them again after each edit. The ten thousand versions of
    /// usual policies and calendars take less.
    public static let maximumBytes = 32 << 20
}

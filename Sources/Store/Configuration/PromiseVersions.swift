/// How many versions there may be.
public enum PromiseVersions {
    /// The most versions of all policies of a tenant, and as many of all its calendars, that are read with its configuration. Edits beyond it are refused, and
    /// `docket doctor` tells when a tenant comes near.
    public static let maximum = 10_000
}

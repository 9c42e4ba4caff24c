/// A place on the earth; its distances are the same on every machine.
public struct GeoPoint: Hashable, Sendable {
    public static let latitudeMicrodegreesRange = -90_000_000...90_000_000
    public static let longitudeMicrodegreesRange = -180_000_000...180_000_000

    public let latitudeMicrodegrees: Int
    public let longitudeMicrodegrees: Int
    private let x: Int64
    private let y: Int64
    private let z: Int64

    /// - Returns: nil outside of ±90° latitude and ±180° longitude.
    public init?(latitudeMicrodegrees: Int, longitudeMicrodegrees: Int) {
        guard GeoPoint.latitudeMicrodegreesRange.contains(latitudeMicrodegrees),
            GeoPoint.longitudeMicrodegreesRange.contains(longitudeMicrodegrees)
        else { return nil }
        self.latitudeMicrodegrees = latitudeMicrodegrees
        self.longitudeMicrodegrees = longitudeMicrodegrees
        let latitude = GeoPoint.sineAndCosine(microdegrees: latitudeMicrodegrees)
        let longitude = GeoPoint.sineAndCosine(microdegrees: longitudeMicrodegrees)
        x = GeoPoint.fixedPoint(latitude.cosine * longitude.cosine)
        y = GeoPoint.fixedPoint(latitude.cosine * longitude.sine)
        z = GeoPoint.fixedPoint(latitude.sine)
    }

    /// The square of the straight line through the earth, in units of (radius / 2³⁰)²: grows with the great-circle distance, which is all that
    /// an order needs. A step of one unit is about 6 mm.
    func squaredChord(to other: GeoPoint) -> Int64 {
        let (dx, dy, dz) = (x - other.x, y - other.y, z - other.z)
        return dx * dx + dy * dy + dz * dz
    }

    /// The straight line through the earth in whole metres, which grows with the great-circle distance: what ranks go by, so that agents who are equally far are, whatever the
    /// last bits say.
    func meters(to other: GeoPoint) -> Int {
        GeoPoint.meters(squaredChord: squaredChord(to: other))
    }

    /// The length of a straight line from its square as ``squaredChord(to:)`` gives it, on a sphere of the earth's mean radius.
    static func meters(squaredChord: Int64) -> Int {
        Int(Int64(nearestTo: Double(squaredChord).squareRoot() / 1_073_741_824 * 6_371_009))
    }

    private static func fixedPoint(_ value: Double) -> Int64 {
        Int64(nearestTo: value * 1_073_741_824)
    }

    /// Taylor's series after reduction to ±45°: only additions and multiplications, which IEEE 754 rounds alike everywhere; a library's sine may not.
    private static func sineAndCosine(microdegrees: Int) -> (sine: Double, cosine: Double) {
        let quadrant = Int(Int64(nearestTo: Double(microdegrees) / 90_000_000))
        let angle = Double(microdegrees - quadrant * 90_000_000) * (Double.pi / 180_000_000)
        let square = angle * angle
        var sine = 0.0
        var cosine = 0.0
        var term = 1.0
        for power in 0..<18 {
            let signed = power % 4 < 2 ? term : -term
            if power % 2 == 0 { cosine += signed } else { sine += signed * angle }
            // The odd powers share the even powers' square; the missing factor of the angle is put in above.
            term = power % 2 == 0 ? term / Double(power + 1) : term * square / Double(power + 1)
        }
        switch quadrant & 3 {
        case 0: return (sine, cosine)
        case 1: return (cosine, -sine)
        case 2: return (-sine, -cosine)
        default: return (-cosine, sine)
        }
    }
}

extension GeoPoint: Codable {
    private enum CodingKeys: String, CodingKey {
        case latitude
        case longitude
    }

    /// From whole microdegrees, so that a place comes back as exactly the one that was written.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let latitude = try container.decode(Int.self, forKey: .latitude)
        let longitude = try container.decode(Int.self, forKey: .longitude)
        guard let point = GeoPoint(latitudeMicrodegrees: latitude, longitudeMicrodegrees: longitude) else {
            throw DecodingError.dataCorruptedError(forKey: .latitude, in: container, debugDescription: "no place on the earth")
        }
        self = point
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(latitudeMicrodegrees, forKey: .latitude)
        try container.encode(longitudeMicrodegrees, forKey: .longitude)
    }
}

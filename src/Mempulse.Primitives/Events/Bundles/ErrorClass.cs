namespace Mempulse.Primitives.Events;

/// <summary>What came back of a request.</summary>
/// <remarks>The numbers are on record: none changes its meaning.</remarks>
public enum ErrorClass
{
    /// <summary>The builder took it and says so.</summary>
    None = 0,

    /// <summary><c>{}</c> with success: some builders take a bundle so.</summary>
    EmptyObject = 1,

    /// <summary>Success without a body.</summary>
    EmptyBody = 2,

    /// <summary>Success with a text.</summary>
    PlainText = 3,

    /// <summary>A page, most likely of a proxy.</summary>
    Html = 4,

    /// <summary>JSON that is no answer, or broken JSON.</summary>
    Malformed = 5,

    /// <summary>The answer to another request.</summary>
    AnotherId = 6,

    /// <summary>More bytes than an answer has.</summary>
    TooLong = 7,

    /// <summary>Too many requests.</summary>
    RateLimited = 8,

    /// <summary>The builder understood the request and will not do it.</summary>
    Refused = 9,

    /// <summary>The builder does not accept who asks.</summary>
    NotAuthorized = 10,

    /// <summary>The builder has no such method.</summary>
    MethodUnknown = 11,

    /// <summary>The request is too large.</summary>
    RequestTooLarge = 12,

    /// <summary>An error of the builder itself.</summary>
    ServerError = 13,

    /// <summary>A proxy passed the request on, and the builder did not answer it.</summary>
    GatewayTimeout = 14,

    /// <summary>The builder takes no requests now.</summary>
    Unavailable = 15,

    /// <summary>The builder is elsewhere. A redirect is not followed: the body would go to a stranger.</summary>
    Redirected = 16,

    /// <summary>No connection: nothing was sent.</summary>
    NotConnected = 17,

    /// <summary>The connection broke after something may have been sent.</summary>
    ConnectionLost = 18,

    /// <summary>No whole answer in time.</summary>
    NoAnswer = 19,
}

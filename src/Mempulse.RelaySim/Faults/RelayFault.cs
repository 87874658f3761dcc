namespace Mempulse.RelaySim.Faults;

/// <summary>How the simulated builder misbehaves. What a real one does with the request before is part of each.</summary>
public enum RelayFault
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>429 without Retry-After; the request is not read.</summary>
    TooManyRequests = 1,

    /// <summary>429 with Retry-After in seconds; the request is not read.</summary>
    TooManyRequestsForSeconds = 2,

    /// <summary>429 with Retry-After as a date; the request is not read.</summary>
    TooManyRequestsUntilDate = 3,

    /// <summary>503; the request is not read.</summary>
    Unavailable = 4,

    /// <summary>A redirect to another host; the request is not read.</summary>
    Redirect = 5,

    /// <summary>500; the request is not read.</summary>
    ServerError = 6,

    /// <summary>504 of a proxy, although the builder has the bundle.</summary>
    GatewayTimeout = 7,

    /// <summary><c>{}</c>, and the builder has the bundle.</summary>
    EmptyObject = 8,

    /// <summary>Success without a body, and the builder has the bundle.</summary>
    EmptyBody = 9,

    /// <summary>A text, and the builder has the bundle.</summary>
    PlainText = 10,

    /// <summary>A page with success, and the builder does not have the bundle.</summary>
    Html = 11,

    /// <summary>The id of another request, and the builder has the bundle.</summary>
    AnotherId = 12,

    /// <summary>The answer twice in one body, and the builder has the bundle.</summary>
    Duplicate = 13,

    /// <summary>Megabytes, and the builder has the bundle.</summary>
    Oversized = 14,

    /// <summary>The answer after the plan's delay, and the builder has the bundle.</summary>
    Late = 15,

    /// <summary>No answer, and the builder has the bundle.</summary>
    Hang = 16,

    /// <summary>The connection is cut, and the builder has the bundle.</summary>
    Cut = 17,

    /// <summary>The usual answer, and the builder has forgotten the bundle.</summary>
    SilentDrop = 18,

    /// <summary>The usual answer to a cancellation, and the bundle stays.</summary>
    CancelTooLate = 19,
}

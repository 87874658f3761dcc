namespace Mempulse.Builder.Dialects;

/// <summary>What is sent to an endpoint.</summary>
public enum EndpointUse
{
    /// <summary>Bundles, cancellations, private transactions.</summary>
    Requests = 0,

    /// <summary>Questions about what became of a bundle.</summary>
    Statistics = 1,
}

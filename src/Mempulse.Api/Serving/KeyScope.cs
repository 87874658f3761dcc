namespace Mempulse.Api.Serving;

/// <summary>What a key allows.</summary>
public enum KeyScope
{
    /// <summary>Every answer, the stream and the dashboard.</summary>
    Read,

    /// <summary>That, and what makes the service act: POST /simulate asks nodes for state and is recorded, and POST /tx/{hash}/ask asks nodes about a transaction.</summary>
    Operate,
}

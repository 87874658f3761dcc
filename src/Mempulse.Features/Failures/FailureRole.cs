namespace Mempulse.Features.Failures;

/// <summary>What an account is in the calls that are counted. The number is in checkpoints.</summary>
internal enum FailureRole
{
    /// <summary>It sends them.</summary>
    Sender = 0,

    /// <summary>It is called by them.</summary>
    Target,

    /// <summary>It is a token that they trade.</summary>
    Token,
}

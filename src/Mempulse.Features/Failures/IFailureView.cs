using Mempulse.Primitives;

namespace Mempulse.Features.Failures;

/// <summary>Which calls failed on chain. Read it in derivations and between facts; confined to the fold's thread.</summary>
public interface IFailureView
{
    /// <summary>Accounts whose calls were forgotten, because a bound was reached.</summary>
    ulong Forgotten { get; }

    /// <summary>The last included calls of a sender; none if no outcome is on record.</summary>
    CallHistory OfSender(in Address sender);

    /// <summary>The last included calls of a target; none if no outcome is on record.</summary>
    CallHistory OfTarget(in Address target);

    /// <summary>The last graded trades that received or gave a token; those that fail here are the ones of which less arrived.</summary>
    CallHistory OfToken(in Address token);
}

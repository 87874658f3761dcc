using Mempulse.Devp2p.Eth;

namespace Mempulse.Devp2p.Sessions;

/// <summary>What came of a question to a peer.</summary>
/// <typeparam name="TAnswer">The kind of answer.</typeparam>
/// <param name="Status">How it ended.</param>
/// <param name="Answer">The answer; null unless answered.</param>
public sealed record RequestOutcome<TAnswer>(RequestStatus Status, TAnswer? Answer)
    where TAnswer : EthMessage.Exchange;

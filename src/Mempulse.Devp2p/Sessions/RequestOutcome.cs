using Mempulse.Devp2p.Eth;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The outcome of a request to a peer.</summary>
/// <typeparam name="TAnswer">The type of the response.</typeparam>
/// <param name="Status">How the request ended.</param>
/// <param name="Answer">The response; null unless the status is <see cref="RequestStatus.Answered"/>.</param>
public sealed record RequestOutcome<TAnswer>(RequestStatus Status, TAnswer? Answer)
    where TAnswer : EthMessage.Exchange;

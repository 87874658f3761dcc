using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Simulations;

/// <summary>Converts results into the types that grains return.</summary>
internal static class SimViews
{
    public static SimTxView Of(TxResult transaction) => new()
    {
        Hash = transaction.Hash,
        Sender = transaction.Sender,
        Succeeded = transaction.IsSuccess,
        Status = transaction.Status.ToString(),
        GasUsed = new Gas(transaction.GasUsed),
        Output = transaction.Output,
        Created = transaction.Created,
        Logs = [.. transaction.Logs.Select(log => new SimLog(log.Address, [.. log.Topics], log.Data))],
        Revert = transaction.Revert is { } reason ? OutcomeText.Of(reason).TrimStart(':', ' ') : string.Empty,
        CoinbasePayment = new Wei(transaction.CoinbasePayment),
        StepDigest = transaction.StepDigest,
    };

    public static SimTokenDelta Of(TokenDelta delta) =>
        new(delta.Token, delta.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

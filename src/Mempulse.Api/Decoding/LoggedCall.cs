using Mempulse.Ethereum.Transactions;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Replay.Histories;

namespace Mempulse.Api.Decoding;

/// <summary>The call of a transaction in the log.</summary>
internal static class LoggedCall
{
    /// <summary>Returns the call; null while only the transaction's hash is known.</summary>
    public static DecodedCall? Of(ChainId chain, in Hash256 hash, TxRecords found)
    {
        var history = new TxHistory(hash);
        foreach (var record in found.Records)
        {
            history.Add(record.View);
        }

        return Of(chain, history.Build()!);
    }

    /// <inheritdoc cref="Of(ChainId, in Hash256, TxRecords)"/>
    public static DecodedCall? Of(ChainId chain, TxLife life)
    {
        if (life is not { Body: { } body, Sender: { } sender } || !TransactionView.TryRead(body.Raw, out var tx))
        {
            return null;
        }

        var block = life.Inclusion?.Number ?? DecodedCall.Newest;
        return new DecodedCall(chain, block, sender, body.Recipient, body.Value.Value, tx.Input.ToArray());
    }
}

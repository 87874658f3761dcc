using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Transactions;

/// <summary>Decodes signed transactions for execution, and recovers their senders and authorities.</summary>
/// <remarks>Confined to one thread. Invalid bytes give a failure, never an exception. Execution checks the chain id.</remarks>
public sealed class EvmTransactionReader
{
    private readonly ISenderRecovery _recovery;
    private readonly TransactionDecoder _decoder;

    /// <summary>Creates a reader that recovers senders with <paramref name="recovery"/> and decodes under <paramref name="rules"/>.</summary>
    public EvmTransactionReader(ISenderRecovery recovery, TransactionRules rules)
    {
        _recovery = recovery;
        _decoder = new TransactionDecoder(recovery, rules);
    }

    /// <summary>Reads one transaction in consensus or network form.</summary>
    /// <param name="raw">The encoded transaction, without trailing bytes.</param>
    /// <param name="transaction">The transaction; null on failure.</param>
    /// <param name="hash">The transaction hash; zero on failure.</param>
    /// <param name="failure">Why decoding or recovery failed.</param>
    public bool TryRead(ReadOnlySpan<byte> raw, out EvmTransaction? transaction, out Hash256 hash, out TxDecodeFailure failure)
    {
        transaction = null;
        hash = default;
        if (!_decoder.TryDecode(raw, TxForm.Any, out var view, out failure) || !_decoder.TryRecover(ref view, out var sender, out failure))
        {
            return false;
        }

        hash = view.ComputeHash();
        transaction = Convert(SignedTransaction.From(view), sender);
        return true;
    }

    private EvmTransaction Convert(SignedTransaction signed, Address sender) => new()
    {
        Type = signed.Type,
        Sender = sender,
        ChainId = signed.Type == TxType.Legacy && signed.ChainId.Value == 0 ? null : signed.ChainId.Value,
        Nonce = signed.Nonce.Value,
        GasLimit = signed.GasLimit.Value,
        Recipient = signed.Recipient,
        Value = signed.Value.Value,
        Input = signed.Input,
        MaxFeePerGas = signed.MaxFeePerGas.Value,
        MaxPriorityFeePerGas = signed.Type >= TxType.DynamicFee ? signed.MaxPriorityFeePerGas.Value : signed.MaxFeePerGas.Value,
        AccessList = signed.AccessList,
        MaxFeePerBlobGas = signed.MaxFeePerBlobGas.Value,
        BlobHashes = signed.BlobHashes.ToArray(),
        Authorizations = Authorizations(signed),
    };

    private SetCodeTuple[] Authorizations(SignedTransaction signed)
    {
        var tuples = new SetCodeTuple[signed.Authorizations.Count];
        for (int i = 0; i < tuples.Length; i++)
        {
            var tuple = signed.Authorizations[i];
            Address? authority = tuple.TryRecoverAuthority(_recovery, out var signer) ? signer : null;
            tuples[i] = new SetCodeTuple(tuple.ChainId, tuple.Delegate, tuple.Nonce.Value, authority);
        }

        return tuples;
    }
}

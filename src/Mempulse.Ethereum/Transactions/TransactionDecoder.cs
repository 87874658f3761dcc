using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Decodes signed transactions of every type and recovers their signers, in scratch memory that it reuses.</summary>
/// <remarks>
/// Confined to one thread at a time: use one decoder per worker. Bad bytes are a <see cref="TxDecodeFailure"/>, never an exception.
/// Once its scratch memory is large enough it allocates nothing, if the recovery does not.
/// </remarks>
public sealed class TransactionDecoder
{
    /// <summary>Largest size of an authorisation with its signer in a log record, in bytes (docs/formats/events.md).</summary>
    private const int RecordedAuthorizationBytes = 64;

    private readonly ISenderRecovery _recovery;
    private readonly TransactionRules _rules;
    private readonly ByteBuffer _consensusForm = new();
    private Authorization[] _authorizations = new Authorization[16];

    /// <summary>Creates a decoder with its own scratch memory.</summary>
    public TransactionDecoder(ISenderRecovery recovery, TransactionRules rules)
    {
        _recovery = recovery;
        _rules = rules;
    }

    /// <summary>Decodes the structure of a transaction and checks everything that needs no curve arithmetic.</summary>
    /// <param name="raw">Exactly one transaction.</param>
    /// <param name="form">The expected form of a blob transaction.</param>
    /// <param name="tx">The transaction; meaningless after a failure.</param>
    /// <param name="failure">Why the bytes do not decode.</param>
    /// <returns>True if the bytes are a transaction that the rules allow.</returns>
    public bool TryDecode(ReadOnlySpan<byte> raw, TxForm form, out TransactionView tx, out TxDecodeFailure failure)
    {
        tx = default;
        failure = raw.Length > _rules.MaxNetworkBytes
            ? new TxDecodeFailure(TxDecodeError.Oversize)
            : TransactionParser.Parse(raw, form, _consensusForm, ref tx);
        if (failure.Error == TxDecodeError.None)
        {
            failure = CheckRules(tx);
        }

        return failure.Error == TxDecodeError.None;
    }

    /// <summary>Recovers the sender, and fills <see cref="TransactionView.Authorizations"/> with the recovered authorities of a set-code transaction.</summary>
    /// <remarks>A tuple with an invalid signature is left out, because execution skips it; it does not fail the transaction.</remarks>
    public bool TryRecover(ref TransactionView tx, out Address sender, out TxDecodeFailure failure)
    {
        if (!_recovery.TryRecover(tx.ComputeSigningHash(), tx.Signature, out sender))
        {
            failure = new TxDecodeFailure(TxDecodeError.Unrecoverable);
            return false;
        }

        failure = default;
        if (tx.AuthorizationCount > 0)
        {
            tx.Authorizations = RecoverAuthorizations(tx);
        }

        return true;
    }

    private TxDecodeFailure CheckRules(in TransactionView tx)
    {
        TxDecodeError error = TxDecodeError.None;
        if (tx.Raw.Length + ((long)tx.AuthorizationCount * RecordedAuthorizationBytes) > _rules.MaxConsensusBytes)
        {
            error = TxDecodeError.Oversize;
        }
        else if (_rules.Chain is { } chain && tx.ChainId != chain && !(tx.Type == TxType.Legacy && tx.ChainId.Value == 0))
        {
            error = TxDecodeError.WrongChain;
        }
        else if (_rules.Malleability == SignatureMalleability.LowSOnly && !tx.Signature.HasLowS)
        {
            error = TxDecodeError.HighS;
        }
        else if (tx.AuthorizationCount > _rules.MaxAuthorizations)
        {
            error = TxDecodeError.TooManyAuthorizations;
        }
        else if ((ulong)tx.AuthorizationCount > tx.GasLimit.Value / Eip7702.PerEmptyAccountCost)
        {
            error = TxDecodeError.AuthorizationsUnpaid;
        }

        return new TxDecodeFailure(error);
    }

    /// <summary>Recovers the authorities; <see cref="CheckRules"/> has bounded their number by the rules and by the gas limit.</summary>
    private ReadOnlySpan<Authorization> RecoverAuthorizations(scoped in TransactionView tx)
    {
        if (_authorizations.Length < tx.AuthorizationCount)
        {
            _authorizations = new Authorization[tx.AuthorizationCount];
        }

        int count = 0;
        int tuples = 0;
        var reader = new Rlp.RlpReader(tx.EncodedAuthorizations);
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            var tuple = SignedAuthorization.Read(ref reader);
            tuples++;
            // No chain here has an id above 64 bits, so a tuple with one never takes effect.
            if (tuple.ChainId.FitsUInt64 && tuple.TryRecoverAuthority(_recovery, out var authority))
            {
                _authorizations[count++] = new Authorization(new ChainId(tuple.ChainId.LowUInt64), authority, tuple.Delegate, tuple.Nonce);
            }
        }

        reader.LeaveList(outer);
        Invariant.That(
            !reader.Failed && tuples == tx.AuthorizationCount,
            "INV-10",
            "The authorisations that decoding checked read back while their signers are recovered.");
        return _authorizations.AsSpan(0, count);
    }
}

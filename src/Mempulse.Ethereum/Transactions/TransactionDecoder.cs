using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Decodes signed transactions of every type and recovers their signers, with scratch memory that it reuses.</summary>
/// <remarks>
/// Confined to one thread at a time: one per worker. Bad bytes are a <see cref="TxDecodeFailure"/>, never an exception.
/// Once warm it allocates nothing (with a recovery that allocates nothing).
/// </remarks>
public sealed class TransactionDecoder
{
    /// <summary>An authorisation with its signer in a log record, at its longest (docs/formats/events.md).</summary>
    private const int RecordedAuthorizationBytes = 64;

    private readonly ISenderRecovery _recovery;
    private readonly TransactionRules _rules;
    private readonly ByteBuffer _consensusForm = new();
    private Authorization[] _authorizations = new Authorization[16];

    /// <summary>A decoder of its own scratch.</summary>
    public TransactionDecoder(ISenderRecovery recovery, TransactionRules rules)
    {
        _recovery = recovery;
        _rules = rules;
    }

    /// <summary>Decodes the structure and checks everything that needs no curve arithmetic.</summary>
    /// <param name="raw">The whole transaction and nothing else.</param>
    /// <param name="form">Which form of a blob transaction is expected.</param>
    /// <param name="tx">The transaction; meaningless on failure.</param>
    /// <param name="failure">Why not.</param>
    /// <returns>True when it decodes.</returns>
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

    /// <summary>Recovers the sender, and the authorities of a set-code transaction into <see cref="TransactionView.Authorizations"/>.</summary>
    /// <remarks>A tuple whose signature is invalid is left out, as execution skips it; it does not fail the transaction.</remarks>
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

    /// <summary>At most as many recoveries as the rules allow and the gas limit pays for: <see cref="CheckRules"/> saw to it.</summary>
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
            // A chain id over 64 bits is no chain that anybody follows, so the tuple never takes effect.
            if (tuple.ChainId.FitsUInt64 && tuple.TryRecoverAuthority(_recovery, out var authority))
            {
                _authorizations[count++] = new Authorization(new ChainId(tuple.ChainId.LowUInt64), authority, tuple.Delegate, tuple.Nonce);
            }
        }

        reader.LeaveList(outer);
        Invariant.That(
            !reader.Failed && tuples == tx.AuthorizationCount,
            "INV-10",
            "The authorisations that were checked while decoding read back while their signers are recovered.");
        return _authorizations.AsSpan(0, count);
    }
}

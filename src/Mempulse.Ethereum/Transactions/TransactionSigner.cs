using Mempulse.Ethereum.Signatures;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Signs transactions.</summary>
public static class TransactionSigner
{
    /// <summary>Returns the transaction with its signature replaced by that of <paramref name="signer"/>.</summary>
    /// <exception cref="ArgumentException">The fields are not a valid transaction of the type.</exception>
    public static SignedTransaction Sign(SignedTransaction tx, EcdsaSigner signer)
    {
        // Decoding needs some signature in range; the signing hash does not depend on it.
        var placeholder = tx with { Signature = new EcdsaSignature(1, 1, YParity: 0) };
        var rules = new TransactionRules { MaxAuthorizations = int.MaxValue, MaxConsensusBytes = int.MaxValue, MaxNetworkBytes = int.MaxValue };
        var decoder = new TransactionDecoder(new BouncyCastleRecovery(), rules);
        return decoder.TryDecode(TransactionEncoder.Encode(placeholder), TxForm.Consensus, out var view, out var failure)
            ? tx with { Signature = signer.Sign(view.ComputeSigningHash()) }
            : throw new ArgumentException(failure.ToString(), nameof(tx));
    }
}

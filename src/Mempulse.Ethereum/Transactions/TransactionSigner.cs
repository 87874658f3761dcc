using Mempulse.Ethereum.Signatures;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Puts a sender's signature on a transaction.</summary>
public static class TransactionSigner
{
    /// <summary>The transaction with the signature of <paramref name="signer"/> in place of the one it has.</summary>
    /// <exception cref="ArgumentException">The fields make no transaction of the type.</exception>
    public static SignedTransaction Sign(SignedTransaction tx, EcdsaSigner signer)
    {
        // Any signature in range does for decoding, and what is signed does not depend on it.
        var placeholder = tx with { Signature = new EcdsaSignature(1, 1, YParity: 0) };
        var rules = new TransactionRules { MaxAuthorizations = int.MaxValue, MaxConsensusBytes = int.MaxValue, MaxNetworkBytes = int.MaxValue };
        var decoder = new TransactionDecoder(new BouncyCastleRecovery(), rules);
        return decoder.TryDecode(TransactionEncoder.Encode(placeholder), TxForm.Consensus, out var view, out var failure)
            ? tx with { Signature = signer.Sign(view.ComputeSigningHash()) }
            : throw new ArgumentException(failure.ToString(), nameof(tx));
    }
}

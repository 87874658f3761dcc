using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>Recovers the signer of a digest; the seam for secp256k1 implementations.</summary>
/// <remarks>Implementations are thread-safe.</remarks>
public interface ISenderRecovery
{
    /// <summary>Name of the implementation, for logs and health reports.</summary>
    string Name { get; }

    /// <summary>Recovers the account whose key signed <paramref name="digest"/> with <paramref name="signature"/>.</summary>
    /// <remarks>Accepts every s in range; the caller decides whether a high s is allowed.</remarks>
    /// <returns>False if the signature is out of range or no key matches it.</returns>
    bool TryRecover(in Hash256 digest, in EcdsaSignature signature, out Address signer);
}

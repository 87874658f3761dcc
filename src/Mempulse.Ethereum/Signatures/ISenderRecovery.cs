using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>Finds who signed: the seat of a secp256k1 implementation.</summary>
/// <remarks>Implementations may be used by several threads at once.</remarks>
public interface ISenderRecovery
{
    /// <summary>Which implementation this is, for logs and health reports.</summary>
    string Name { get; }

    /// <summary>Recovers the account whose key made <paramref name="signature"/> over <paramref name="digest"/>.</summary>
    /// <remarks>Accepts every s in range; whether a high one is allowed is the caller's rule.</remarks>
    /// <returns>False when the signature is out of range or no key fits it.</returns>
    bool TryRecover(in Hash256 digest, in EcdsaSignature signature, out Address signer);
}

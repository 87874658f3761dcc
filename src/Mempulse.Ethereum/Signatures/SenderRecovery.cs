namespace Mempulse.Ethereum.Signatures;

/// <summary>Chooses the implementation of <see cref="ISenderRecovery"/>.</summary>
public static class SenderRecovery
{
    /// <summary>Creates the fastest implementation: libsecp256k1 if this machine has it, otherwise BouncyCastle.</summary>
    public static ISenderRecovery CreateBest() =>
        Secp256k1Recovery.TryCreate(out var native) ? native : new BouncyCastleRecovery();
}

namespace Mempulse.Ethereum.Signatures;

/// <summary>Chooses the implementation of <see cref="ISenderRecovery"/>.</summary>
public static class SenderRecovery
{
    /// <summary>libsecp256k1 where this machine has it, BouncyCastle otherwise.</summary>
    public static ISenderRecovery CreateBest() =>
        Secp256k1Recovery.TryCreate(out var native) ? native : new BouncyCastleRecovery();
}

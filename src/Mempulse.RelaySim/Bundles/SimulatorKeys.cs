using Mempulse.Builder.Requests;
using Mempulse.Ethereum.Signatures;

namespace Mempulse.RelaySim.Bundles;

/// <summary>A key that anyone may know.</summary>
internal static class SimulatorKeys
{
    /// <summary>The private key 1.</summary>
    public static RelayCredential Any { get; } = RelayCredential.OfSigner(new EcdsaSigner([.. new byte[EcdsaSigner.KeyBytes - 1], 1]));
}

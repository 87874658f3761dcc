using Mempulse.Ethereum.Signatures;
using Mempulse.Net.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Recovers the same sender from every signature, so that a test can have many bodies without signing them.</summary>
internal sealed class FixedRecovery : ISenderRecovery
{
    private static readonly Address s_sender = Address.Parse("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

    /// <summary>Called before each recovery.</summary>
    public Action OnRecover { get; init; } = static () => { };

    public string Name => "fixed";

    public static TransactionBodyDecoder NewDecoder() => new(new ChainId(1), new FixedRecovery());

    public bool TryRecover(in Hash256 digest, in EcdsaSignature signature, out Address signer)
    {
        OnRecover();
        signer = s_sender;
        return true;
    }
}

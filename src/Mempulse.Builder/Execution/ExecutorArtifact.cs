using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Builder.Execution;

/// <summary>The compiled executor contract: contracts/MempulseExecutor.json.</summary>
public static class ExecutorArtifact
{
    private const string Resource = "MempulseExecutor.json";

    private static readonly byte[] s_creation = ReadCreation();

    /// <summary>The creation code for a chain with this wrapped ether: the bytecode and its one argument.</summary>
    public static byte[] CreationOf(in Address wrappedEther)
    {
        byte[] creation = new byte[s_creation.Length + UInt256.Size];
        s_creation.CopyTo(creation, 0);
        wrappedEther.CopyTo(creation.AsSpan(creation.Length - Address.Size));
        return creation;
    }

    private static byte[] ReadCreation()
    {
        using var stream = typeof(ExecutorArtifact).Assembly.GetManifestResourceStream(Resource)!;
        using var artifact = JsonDocument.Parse(stream);
        return Convert.FromHexString(artifact.RootElement.GetProperty("bytecode").GetString()!.AsSpan(2));
    }
}

using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A contract that repeats one call a given number of times, so that one eth_call is long enough to be measured.</summary>
internal static class Forwarder
{
    /// <summary>
    /// Calldata: the callee, the number of calls, and their input. Copies the input to memory, calls in a loop and reverts when a call fails;
    /// returns what the last call returned.
    /// </summary>
    public static byte[] Code { get; } = Convert.FromHexString(
        "60403603" + "60405f37" + "602035" + "5b" + "5f5f" + "60403603" + "5f5f5f355af1" + "601e57" + "5f5ffd" + "5b" + "60019003" + "80600b57" + "3d5f5f3e3d5ff3");

    /// <summary>Its calldata.</summary>
    public static byte[] Input(Address callee, int times, byte[] input)
    {
        byte[] all = new byte[(2 * UInt256.Size) + input.Length];
        callee.CopyTo(all.AsSpan(UInt256.Size - Address.Size));
        BinaryPrimitives.WriteInt32BigEndian(all.AsSpan((2 * UInt256.Size) - sizeof(int)), times);
        input.CopyTo(all, 2 * UInt256.Size);
        return all;
    }
}

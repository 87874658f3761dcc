using System.Buffers.Binary;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Bytecode that repeats a body and returns the start of its memory and its last word, so that the results of two machines can be compared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit of one round.</param>
/// <param name="Rounds">Number of rounds.</param>
/// <param name="Body">Hex. Expects the word that begins as <see cref="Seed"/> below the number of rounds left on the stack, and leaves both there.</param>
/// <param name="Seed">The word below the count in the first round.</param>
internal sealed record LoopProgram(string Name, string Unit, int Rounds, string Body, byte Seed = 1)
{
    private const byte Start = 7;

    /// <summary>Arithmetic, hashing, and the storage and logs of token transfers.</summary>
    public static IReadOnlyList<LoopProgram> All { get; } =
    [
        // acc += n; acc = (acc * acc) ^ (acc >> 7); acc += acc << 3; acc ^= acc / 0x123456789abc; acc += acc < 0x1234 ? 0 : 1
        new("compute", "rounds", 1_000_000, "90" + "8101" + "8080029060071c18" + "8060031b01" + "65123456789abc810418" + "80611234111501" + "90"),

        // memory[0..64] is hashed into memory[0..32]
        new("keccak", "hashes", 100_000, "60405f205f52"),

        // balance[caller]--, balance[n & 0xff]++, Transfer(caller, n, 1): two mappings, four storage accesses, one log
        new("transfer", "transfers", 20_000,
            "335f525f60205260405f208054600190039055" + "8060ff165f5260405f2080546001019055" + "60015f528033"
            + "7fddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef" + "60205fa3"),
    ];

    /// <summary>The code: seed and count, the body in a loop, the return.</summary>
    public byte[] Assemble()
    {
        Span<byte> count = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(count, Rounds);
        byte[] head = [0x60, Seed, 0x63, .. count];
        byte[] tail = [0x60, 1, 0x90, 0x03, 0x80, 0x60, Start, 0x57, 0x50, 0x60, 0x40, 0x52, 0x60, 0x60, 0x5f, 0xf3];
        return [.. head, 0x5b, .. Convert.FromHexString(Body), .. tail];
    }
}

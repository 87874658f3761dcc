using Mempulse.Primitives;

namespace Mempulse.ChainState.Tests;

/// <summary>Random bytecode that mostly has effects: pushes, arithmetic, memory, storage, calls, creations, logs.</summary>
internal static class RandomProgram
{
    private const int MaxInstructions = 60;

    private static readonly byte[] _arithmetic =
        [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e];

    private static readonly byte[] _environment =
        [0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x38, 0x3a, 0x3b, 0x3d, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x58, 0x59, 0x5a];

    private static readonly byte[] _effects =
        [0x20, 0x37, 0x39, 0x3c, 0x3e, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x5b, 0x5c, 0x5d, 0x5e, 0x80, 0x81, 0x82, 0x90, 0x91, 0xa0, 0xa1, 0xa2];

    private static readonly byte[] _calls = [0xf0, 0xf1, 0xf2, 0xf4, 0xf5, 0xfa];

    private static readonly byte[] _ends = [0x00, 0xf3, 0xfd, 0xfe, 0xff];

    /// <summary>A program that may call <paramref name="contracts"/>.</summary>
    public static byte[] Make(SeededChoice random, IReadOnlyList<Address> contracts)
    {
        List<byte> code = [0x5f, 0x60, 0x01, 0x60, 0x20, 0x5f, 0x5f, 0x60, 0x02, 0x5f, 0x5f]; // initial operands
        for (int count = random.Next(1, MaxInstructions); count > 0; count--)
        {
            switch (random.Next(20))
            {
                case < 7:
                    code.AddRange([0x60, (byte)random.Next(random.Next(3) == 0 ? 256 : 64)]);
                    break;
                case 7:
                    code.AddRange([0x5f, 0x5f, 0x5f, 0x5f, 0x5f]);
                    break;
                case 8:
                    code.AddRange([0x73, .. contracts[random.Next(contracts.Count)].ToArray()]);
                    break;
                case 9:
                    AddCall(code, random, contracts);
                    break;
                case 10:
                    code.AddRange([0x61, (byte)random.Next(256), (byte)random.Next(256)]);
                    break;
                case 11:
                    int bytes = random.Next(1, 33);
                    code.Add((byte)(0x5f + bytes));
                    code.AddRange(Enumerable.Range(0, bytes).Select(_ => (byte)random.Next(256)));
                    break;
                case 12 or 13 or 14:
                    code.Add(_arithmetic[random.Next(_arithmetic.Length)]);
                    break;
                case 15:
                    code.Add(_environment[random.Next(_environment.Length)]);
                    break;
                case 16 or 17 or 18:
                    code.Add(_effects[random.Next(_effects.Length)]);
                    break;
                default:
                    code.Add(random.Next(4) == 0 ? (byte)random.Next(256) : random.Next(6) == 0 ? _ends[random.Next(_ends.Length)] : _calls[random.Next(_calls.Length)]);
                    break;
            }
        }

        if (random.Next(2) == 0)
        {
            code.AddRange([0x60, 0x20, 0x5f, 0xf3]); // return the first word of memory
        }

        return [.. code];
    }

    /// <summary>A call with its arguments: memory of small sizes, a contract or a precompile, gas.</summary>
    private static void AddCall(List<byte> code, SeededChoice random, IReadOnlyList<Address> contracts)
    {
        byte kind = _calls[random.Next(1, _calls.Length)];
        if (kind == 0xf5)
        {
            kind = 0xf1;
        }

        code.AddRange([0x60, (byte)random.Next(65), 0x60, (byte)random.Next(65), 0x60, (byte)random.Next(200), 0x5f]);
        if (kind is 0xf1 or 0xf2)
        {
            code.AddRange([0x60, (byte)random.Next(3)]);
        }

        if (random.Next(3) == 0)
        {
            code.AddRange([0x60, (byte)random.Next(1, 18)]);
        }
        else
        {
            code.AddRange([0x73, .. contracts[random.Next(contracts.Count)].ToArray()]);
        }

        code.AddRange(random.Next(2) == 0 ? [0x5a, kind] : [0x61, (byte)random.Next(256), (byte)random.Next(256), kind]);
    }
}

using System.Globalization;
using System.Text;

namespace Mempulse.Evm.TraceJson;

/// <summary>The mnemonics of instructions. Yellow Paper, appendix H.2, and later EIPs.</summary>
internal static class InstructionNames
{
    private const int Codes = 256;
    private static readonly byte[][] _names = Array.ConvertAll(Make(), Encoding.ASCII.GetBytes);

    /// <summary>Returns the mnemonic in ASCII; a text with the opcode for an undefined instruction.</summary>
    public static ReadOnlySpan<byte> Of(byte instruction) => _names[instruction];

    private static string[] Make()
    {
        var names = new string[Codes];
        Set(names, 0x00, "STOP ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD EXP SIGNEXTEND");
        Set(names, 0x10, "LT GT SLT SGT EQ ISZERO AND OR XOR NOT BYTE SHL SHR SAR CLZ");
        Set(names, 0x20, "KECCAK256");
        Set(names, 0x30, "ADDRESS BALANCE ORIGIN CALLER CALLVALUE CALLDATALOAD CALLDATASIZE CALLDATACOPY");
        Set(names, 0x38, "CODESIZE CODECOPY GASPRICE EXTCODESIZE EXTCODECOPY RETURNDATASIZE RETURNDATACOPY EXTCODEHASH");
        Set(names, 0x40, "BLOCKHASH COINBASE TIMESTAMP NUMBER PREVRANDAO GASLIMIT CHAINID SELFBALANCE BASEFEE BLOBHASH BLOBBASEFEE");
        Set(names, 0x50, "POP MLOAD MSTORE MSTORE8 SLOAD SSTORE JUMP JUMPI PC MSIZE GAS JUMPDEST TLOAD TSTORE MCOPY");
        Count(names, 0x5f, "PUSH", first: 0, count: 33);
        Count(names, 0x80, "DUP", first: 1, count: 16);
        Count(names, 0x90, "SWAP", first: 1, count: 16);
        Count(names, 0xa0, "LOG", first: 0, count: 5);
        Set(names, 0xf0, "CREATE CALL CALLCODE RETURN DELEGATECALL CREATE2");
        names[0xfa] = "STATICCALL";
        Set(names, 0xfd, "REVERT INVALID SELFDESTRUCT");
        for (int code = 0; code < Codes; code++)
        {
            names[code] ??= string.Create(NumberFormatInfo.InvariantInfo, $"opcode 0x{code:x} not defined");
        }

        return names;
    }

    private static void Set(string[] names, int at, string text) => text.Split(' ').CopyTo(names, at);

    private static void Count(string[] names, int at, string name, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            names[at + i] = string.Create(NumberFormatInfo.InvariantInfo, $"{name}{first + i}");
        }
    }
}

using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;

namespace Mempulse.ChainState;

/// <summary>Reads answers of eth_getCode. "0x" is an account without code.</summary>
internal static class CodeText
{
    public static bool TryRead(in RpcAnswer answer, out byte[] code)
    {
        byte[]? read = RpcHex.ReadData(answer.Result);
        code = read ?? [];
        return read is not null;
    }
}

using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mempulse.Ethereum.Hashing;

/// <summary>Keccak-f[1600] with one lane per vector register, for machines with AVX-512.</summary>
/// <remarks>
/// Only the low half of each register is used. The gain is not width but registers (32 hold all 25 lanes, so none is spilled),
/// single-instruction rotation and three-operand logic. The result equals that of <see cref="KeccakPermutation"/>.
/// </remarks>
internal static class KeccakPermutationAvx512
{
    /// <summary>Truth table of a ^ b ^ c.</summary>
    private const byte Xor3 = 0x96;

    /// <summary>Truth table of a ^ (~b &amp; c).</summary>
    private const byte Chi = 0xd2;

    /// <summary>True if this machine has the instructions.</summary>
    public static bool IsSupported => Avx512F.VL.IsSupported;

    /// <summary>Permutes the state in place.</summary>
    public static void Permute(ref KeccakState state)
    {
        var a00 = Vector128.CreateScalar(state[0]);
        var a10 = Vector128.CreateScalar(state[1]);
        var a20 = Vector128.CreateScalar(state[2]);
        var a30 = Vector128.CreateScalar(state[3]);
        var a40 = Vector128.CreateScalar(state[4]);
        var a01 = Vector128.CreateScalar(state[5]);
        var a11 = Vector128.CreateScalar(state[6]);
        var a21 = Vector128.CreateScalar(state[7]);
        var a31 = Vector128.CreateScalar(state[8]);
        var a41 = Vector128.CreateScalar(state[9]);
        var a02 = Vector128.CreateScalar(state[10]);
        var a12 = Vector128.CreateScalar(state[11]);
        var a22 = Vector128.CreateScalar(state[12]);
        var a32 = Vector128.CreateScalar(state[13]);
        var a42 = Vector128.CreateScalar(state[14]);
        var a03 = Vector128.CreateScalar(state[15]);
        var a13 = Vector128.CreateScalar(state[16]);
        var a23 = Vector128.CreateScalar(state[17]);
        var a33 = Vector128.CreateScalar(state[18]);
        var a43 = Vector128.CreateScalar(state[19]);
        var a04 = Vector128.CreateScalar(state[20]);
        var a14 = Vector128.CreateScalar(state[21]);
        var a24 = Vector128.CreateScalar(state[22]);
        var a34 = Vector128.CreateScalar(state[23]);
        var a44 = Vector128.CreateScalar(state[24]);

        foreach (ulong roundConstant in KeccakPermutation.RoundConstants)
        {
            var c0 = Avx512F.VL.TernaryLogic(Avx512F.VL.TernaryLogic(a00, a01, a02, Xor3), a03, a04, Xor3);
            var c1 = Avx512F.VL.TernaryLogic(Avx512F.VL.TernaryLogic(a10, a11, a12, Xor3), a13, a14, Xor3);
            var c2 = Avx512F.VL.TernaryLogic(Avx512F.VL.TernaryLogic(a20, a21, a22, Xor3), a23, a24, Xor3);
            var c3 = Avx512F.VL.TernaryLogic(Avx512F.VL.TernaryLogic(a30, a31, a32, Xor3), a33, a34, Xor3);
            var c4 = Avx512F.VL.TernaryLogic(Avx512F.VL.TernaryLogic(a40, a41, a42, Xor3), a43, a44, Xor3);
            var d0 = Sse2.Xor(c4, Avx512F.VL.RotateLeft(c1, 1));
            var d1 = Sse2.Xor(c0, Avx512F.VL.RotateLeft(c2, 1));
            var d2 = Sse2.Xor(c1, Avx512F.VL.RotateLeft(c3, 1));
            var d3 = Sse2.Xor(c2, Avx512F.VL.RotateLeft(c4, 1));
            var d4 = Sse2.Xor(c3, Avx512F.VL.RotateLeft(c0, 1));

            var b00 = Sse2.Xor(a00, d0);
            var b10 = Avx512F.VL.RotateLeft(Sse2.Xor(a11, d1), 44);
            var b20 = Avx512F.VL.RotateLeft(Sse2.Xor(a22, d2), 43);
            var b30 = Avx512F.VL.RotateLeft(Sse2.Xor(a33, d3), 21);
            var b40 = Avx512F.VL.RotateLeft(Sse2.Xor(a44, d4), 14);
            var b01 = Avx512F.VL.RotateLeft(Sse2.Xor(a30, d3), 28);
            var b11 = Avx512F.VL.RotateLeft(Sse2.Xor(a41, d4), 20);
            var b21 = Avx512F.VL.RotateLeft(Sse2.Xor(a02, d0), 3);
            var b31 = Avx512F.VL.RotateLeft(Sse2.Xor(a13, d1), 45);
            var b41 = Avx512F.VL.RotateLeft(Sse2.Xor(a24, d2), 61);
            var b02 = Avx512F.VL.RotateLeft(Sse2.Xor(a10, d1), 1);
            var b12 = Avx512F.VL.RotateLeft(Sse2.Xor(a21, d2), 6);
            var b22 = Avx512F.VL.RotateLeft(Sse2.Xor(a32, d3), 25);
            var b32 = Avx512F.VL.RotateLeft(Sse2.Xor(a43, d4), 8);
            var b42 = Avx512F.VL.RotateLeft(Sse2.Xor(a04, d0), 18);
            var b03 = Avx512F.VL.RotateLeft(Sse2.Xor(a40, d4), 27);
            var b13 = Avx512F.VL.RotateLeft(Sse2.Xor(a01, d0), 36);
            var b23 = Avx512F.VL.RotateLeft(Sse2.Xor(a12, d1), 10);
            var b33 = Avx512F.VL.RotateLeft(Sse2.Xor(a23, d2), 15);
            var b43 = Avx512F.VL.RotateLeft(Sse2.Xor(a34, d3), 56);
            var b04 = Avx512F.VL.RotateLeft(Sse2.Xor(a20, d2), 62);
            var b14 = Avx512F.VL.RotateLeft(Sse2.Xor(a31, d3), 55);
            var b24 = Avx512F.VL.RotateLeft(Sse2.Xor(a42, d4), 39);
            var b34 = Avx512F.VL.RotateLeft(Sse2.Xor(a03, d0), 41);
            var b44 = Avx512F.VL.RotateLeft(Sse2.Xor(a14, d1), 2);

            a00 = Sse2.Xor(Avx512F.VL.TernaryLogic(b00, b10, b20, Chi), Vector128.CreateScalar(roundConstant));
            a10 = Avx512F.VL.TernaryLogic(b10, b20, b30, Chi);
            a20 = Avx512F.VL.TernaryLogic(b20, b30, b40, Chi);
            a30 = Avx512F.VL.TernaryLogic(b30, b40, b00, Chi);
            a40 = Avx512F.VL.TernaryLogic(b40, b00, b10, Chi);
            a01 = Avx512F.VL.TernaryLogic(b01, b11, b21, Chi);
            a11 = Avx512F.VL.TernaryLogic(b11, b21, b31, Chi);
            a21 = Avx512F.VL.TernaryLogic(b21, b31, b41, Chi);
            a31 = Avx512F.VL.TernaryLogic(b31, b41, b01, Chi);
            a41 = Avx512F.VL.TernaryLogic(b41, b01, b11, Chi);
            a02 = Avx512F.VL.TernaryLogic(b02, b12, b22, Chi);
            a12 = Avx512F.VL.TernaryLogic(b12, b22, b32, Chi);
            a22 = Avx512F.VL.TernaryLogic(b22, b32, b42, Chi);
            a32 = Avx512F.VL.TernaryLogic(b32, b42, b02, Chi);
            a42 = Avx512F.VL.TernaryLogic(b42, b02, b12, Chi);
            a03 = Avx512F.VL.TernaryLogic(b03, b13, b23, Chi);
            a13 = Avx512F.VL.TernaryLogic(b13, b23, b33, Chi);
            a23 = Avx512F.VL.TernaryLogic(b23, b33, b43, Chi);
            a33 = Avx512F.VL.TernaryLogic(b33, b43, b03, Chi);
            a43 = Avx512F.VL.TernaryLogic(b43, b03, b13, Chi);
            a04 = Avx512F.VL.TernaryLogic(b04, b14, b24, Chi);
            a14 = Avx512F.VL.TernaryLogic(b14, b24, b34, Chi);
            a24 = Avx512F.VL.TernaryLogic(b24, b34, b44, Chi);
            a34 = Avx512F.VL.TernaryLogic(b34, b44, b04, Chi);
            a44 = Avx512F.VL.TernaryLogic(b44, b04, b14, Chi);
        }

        state[0] = a00.ToScalar();
        state[1] = a10.ToScalar();
        state[2] = a20.ToScalar();
        state[3] = a30.ToScalar();
        state[4] = a40.ToScalar();
        state[5] = a01.ToScalar();
        state[6] = a11.ToScalar();
        state[7] = a21.ToScalar();
        state[8] = a31.ToScalar();
        state[9] = a41.ToScalar();
        state[10] = a02.ToScalar();
        state[11] = a12.ToScalar();
        state[12] = a22.ToScalar();
        state[13] = a32.ToScalar();
        state[14] = a42.ToScalar();
        state[15] = a03.ToScalar();
        state[16] = a13.ToScalar();
        state[17] = a23.ToScalar();
        state[18] = a33.ToScalar();
        state[19] = a43.ToScalar();
        state[20] = a04.ToScalar();
        state[21] = a14.ToScalar();
        state[22] = a24.ToScalar();
        state[23] = a34.ToScalar();
        state[24] = a44.ToScalar();
    }
}

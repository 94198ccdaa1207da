namespace Wct.Kernels.Ilgpu.TensorCores.Tiles;

/// <summary>PTX for a warp's tile on the tensor cores: 64 pixels by 64 output channels, for one step of input channels.</summary>
/// <remarks>
/// The sums are registers that only the inline PTX uses. C# variables would be written to local memory and read back at each instruction.
/// Register s{4·n + k} is the k-th sum of block n, which has 16 pixels from 16·(n / 8) on and 8 channels from 8·(n % 8) on. The layout is
/// that of mma.m16n8: a lane has columns 2·(lane % 4) and 2·(lane % 4) + 1 of row lane / 4, then the same columns of row lane / 4 + 8.
/// </remarks>
internal static class WarpTile
{
    /// <summary>Declares the registers: sums (s), inputs of 64 pixels (a), weights of 16 channels (b), the start of shared memory and of
    /// the weights, and addresses.</summary>
    internal const string Declare = ".reg .f32 s<128>; .reg .b32 a<16>; .reg .b32 b<4>; .reg .b32 base, from; .reg .b64 weights, global; "
        + "mov.u32 base, __shared_alloca0; ld.param.b64 weights, [_weights]; cvta.to.global.u64 weights, weights;";

    /// <summary>Sets the address to offset %0 in shared memory.</summary>
    internal const string At = "add.u32 from, base, %0;";

    /// <summary>Starts an asynchronous copy of 16 bytes from offset %1 in the weights to offset %0 in shared memory.</summary>
    internal const string Copy = At + "add.s64 global, weights, %1; cp.async.cg.shared.global [from], [global], 16;";

    /// <summary>Sets all sums to zero.</summary>
    internal const string Clear =
        "mov.f32 s0, 0f00000000; mov.f32 s1, 0f00000000; mov.f32 s2, 0f00000000; mov.f32 s3, 0f00000000; " +
        "mov.f32 s4, 0f00000000; mov.f32 s5, 0f00000000; mov.f32 s6, 0f00000000; mov.f32 s7, 0f00000000; " +
        "mov.f32 s8, 0f00000000; mov.f32 s9, 0f00000000; mov.f32 s10, 0f00000000; mov.f32 s11, 0f00000000; " +
        "mov.f32 s12, 0f00000000; mov.f32 s13, 0f00000000; mov.f32 s14, 0f00000000; mov.f32 s15, 0f00000000; " +
        "mov.f32 s16, 0f00000000; mov.f32 s17, 0f00000000; mov.f32 s18, 0f00000000; mov.f32 s19, 0f00000000; " +
        "mov.f32 s20, 0f00000000; mov.f32 s21, 0f00000000; mov.f32 s22, 0f00000000; mov.f32 s23, 0f00000000; " +
        "mov.f32 s24, 0f00000000; mov.f32 s25, 0f00000000; mov.f32 s26, 0f00000000; mov.f32 s27, 0f00000000; " +
        "mov.f32 s28, 0f00000000; mov.f32 s29, 0f00000000; mov.f32 s30, 0f00000000; mov.f32 s31, 0f00000000; " +
        "mov.f32 s32, 0f00000000; mov.f32 s33, 0f00000000; mov.f32 s34, 0f00000000; mov.f32 s35, 0f00000000; " +
        "mov.f32 s36, 0f00000000; mov.f32 s37, 0f00000000; mov.f32 s38, 0f00000000; mov.f32 s39, 0f00000000; " +
        "mov.f32 s40, 0f00000000; mov.f32 s41, 0f00000000; mov.f32 s42, 0f00000000; mov.f32 s43, 0f00000000; " +
        "mov.f32 s44, 0f00000000; mov.f32 s45, 0f00000000; mov.f32 s46, 0f00000000; mov.f32 s47, 0f00000000; " +
        "mov.f32 s48, 0f00000000; mov.f32 s49, 0f00000000; mov.f32 s50, 0f00000000; mov.f32 s51, 0f00000000; " +
        "mov.f32 s52, 0f00000000; mov.f32 s53, 0f00000000; mov.f32 s54, 0f00000000; mov.f32 s55, 0f00000000; " +
        "mov.f32 s56, 0f00000000; mov.f32 s57, 0f00000000; mov.f32 s58, 0f00000000; mov.f32 s59, 0f00000000; " +
        "mov.f32 s60, 0f00000000; mov.f32 s61, 0f00000000; mov.f32 s62, 0f00000000; mov.f32 s63, 0f00000000; " +
        "mov.f32 s64, 0f00000000; mov.f32 s65, 0f00000000; mov.f32 s66, 0f00000000; mov.f32 s67, 0f00000000; " +
        "mov.f32 s68, 0f00000000; mov.f32 s69, 0f00000000; mov.f32 s70, 0f00000000; mov.f32 s71, 0f00000000; " +
        "mov.f32 s72, 0f00000000; mov.f32 s73, 0f00000000; mov.f32 s74, 0f00000000; mov.f32 s75, 0f00000000; " +
        "mov.f32 s76, 0f00000000; mov.f32 s77, 0f00000000; mov.f32 s78, 0f00000000; mov.f32 s79, 0f00000000; " +
        "mov.f32 s80, 0f00000000; mov.f32 s81, 0f00000000; mov.f32 s82, 0f00000000; mov.f32 s83, 0f00000000; " +
        "mov.f32 s84, 0f00000000; mov.f32 s85, 0f00000000; mov.f32 s86, 0f00000000; mov.f32 s87, 0f00000000; " +
        "mov.f32 s88, 0f00000000; mov.f32 s89, 0f00000000; mov.f32 s90, 0f00000000; mov.f32 s91, 0f00000000; " +
        "mov.f32 s92, 0f00000000; mov.f32 s93, 0f00000000; mov.f32 s94, 0f00000000; mov.f32 s95, 0f00000000; " +
        "mov.f32 s96, 0f00000000; mov.f32 s97, 0f00000000; mov.f32 s98, 0f00000000; mov.f32 s99, 0f00000000; " +
        "mov.f32 s100, 0f00000000; mov.f32 s101, 0f00000000; mov.f32 s102, 0f00000000; mov.f32 s103, 0f00000000; " +
        "mov.f32 s104, 0f00000000; mov.f32 s105, 0f00000000; mov.f32 s106, 0f00000000; mov.f32 s107, 0f00000000; " +
        "mov.f32 s108, 0f00000000; mov.f32 s109, 0f00000000; mov.f32 s110, 0f00000000; mov.f32 s111, 0f00000000; " +
        "mov.f32 s112, 0f00000000; mov.f32 s113, 0f00000000; mov.f32 s114, 0f00000000; mov.f32 s115, 0f00000000; " +
        "mov.f32 s116, 0f00000000; mov.f32 s117, 0f00000000; mov.f32 s118, 0f00000000; mov.f32 s119, 0f00000000; " +
        "mov.f32 s120, 0f00000000; mov.f32 s121, 0f00000000; mov.f32 s122, 0f00000000; mov.f32 s123, 0f00000000; " +
        "mov.f32 s124, 0f00000000; mov.f32 s125, 0f00000000; mov.f32 s126, 0f00000000; mov.f32 s127, 0f00000000; ";

    /// <summary>Loads the inputs of pixels 0 to 15, as rows of 16 bytes from shared memory; each lane has the address of a row.</summary>
    internal const string Inputs0 = Fetch + "{a0, a1, a2, a3}, [from];";

    /// <summary>Loads the inputs of pixels 16 to 31, as rows of 16 bytes from shared memory; each lane has the address of a row.</summary>
    internal const string Inputs1 = Fetch + "{a4, a5, a6, a7}, [from];";

    /// <summary>Loads the inputs of pixels 32 to 47, as rows of 16 bytes from shared memory; each lane has the address of a row.</summary>
    internal const string Inputs2 = Fetch + "{a8, a9, a10, a11}, [from];";

    /// <summary>Loads the inputs of pixels 48 to 63, as rows of 16 bytes from shared memory; each lane has the address of a row.</summary>
    internal const string Inputs3 = Fetch + "{a12, a13, a14, a15}, [from];";

    /// <summary>Loads the weights of 16 output channels.</summary>
    internal const string Weights = Fetch + "{b0, b1, b2, b3}, [from];";

    /// <summary>Writes the sums of pixels 0 to 31 to shared memory, in rows of <see cref="RowFloats"/>.</summary>
    internal const string Store0 =
        "st.shared.v2.f32 [from+0], {s0, s1}; st.shared.v2.f32 [from+2304], {s2, s3};" +
        "st.shared.v2.f32 [from+32], {s4, s5}; st.shared.v2.f32 [from+2336], {s6, s7};" +
        "st.shared.v2.f32 [from+64], {s8, s9}; st.shared.v2.f32 [from+2368], {s10, s11};" +
        "st.shared.v2.f32 [from+96], {s12, s13}; st.shared.v2.f32 [from+2400], {s14, s15};" +
        "st.shared.v2.f32 [from+128], {s16, s17}; st.shared.v2.f32 [from+2432], {s18, s19};" +
        "st.shared.v2.f32 [from+160], {s20, s21}; st.shared.v2.f32 [from+2464], {s22, s23};" +
        "st.shared.v2.f32 [from+192], {s24, s25}; st.shared.v2.f32 [from+2496], {s26, s27};" +
        "st.shared.v2.f32 [from+224], {s28, s29}; st.shared.v2.f32 [from+2528], {s30, s31};" +
        "st.shared.v2.f32 [from+4608], {s32, s33}; st.shared.v2.f32 [from+6912], {s34, s35};" +
        "st.shared.v2.f32 [from+4640], {s36, s37}; st.shared.v2.f32 [from+6944], {s38, s39};" +
        "st.shared.v2.f32 [from+4672], {s40, s41}; st.shared.v2.f32 [from+6976], {s42, s43};" +
        "st.shared.v2.f32 [from+4704], {s44, s45}; st.shared.v2.f32 [from+7008], {s46, s47};" +
        "st.shared.v2.f32 [from+4736], {s48, s49}; st.shared.v2.f32 [from+7040], {s50, s51};" +
        "st.shared.v2.f32 [from+4768], {s52, s53}; st.shared.v2.f32 [from+7072], {s54, s55};" +
        "st.shared.v2.f32 [from+4800], {s56, s57}; st.shared.v2.f32 [from+7104], {s58, s59};" +
        "st.shared.v2.f32 [from+4832], {s60, s61}; st.shared.v2.f32 [from+7136], {s62, s63};";

    /// <summary>Writes the sums of pixels 32 to 63 to shared memory, in rows of <see cref="RowFloats"/>.</summary>
    internal const string Store1 =
        "st.shared.v2.f32 [from+0], {s64, s65}; st.shared.v2.f32 [from+2304], {s66, s67};" +
        "st.shared.v2.f32 [from+32], {s68, s69}; st.shared.v2.f32 [from+2336], {s70, s71};" +
        "st.shared.v2.f32 [from+64], {s72, s73}; st.shared.v2.f32 [from+2368], {s74, s75};" +
        "st.shared.v2.f32 [from+96], {s76, s77}; st.shared.v2.f32 [from+2400], {s78, s79};" +
        "st.shared.v2.f32 [from+128], {s80, s81}; st.shared.v2.f32 [from+2432], {s82, s83};" +
        "st.shared.v2.f32 [from+160], {s84, s85}; st.shared.v2.f32 [from+2464], {s86, s87};" +
        "st.shared.v2.f32 [from+192], {s88, s89}; st.shared.v2.f32 [from+2496], {s90, s91};" +
        "st.shared.v2.f32 [from+224], {s92, s93}; st.shared.v2.f32 [from+2528], {s94, s95};" +
        "st.shared.v2.f32 [from+4608], {s96, s97}; st.shared.v2.f32 [from+6912], {s98, s99};" +
        "st.shared.v2.f32 [from+4640], {s100, s101}; st.shared.v2.f32 [from+6944], {s102, s103};" +
        "st.shared.v2.f32 [from+4672], {s104, s105}; st.shared.v2.f32 [from+6976], {s106, s107};" +
        "st.shared.v2.f32 [from+4704], {s108, s109}; st.shared.v2.f32 [from+7008], {s110, s111};" +
        "st.shared.v2.f32 [from+4736], {s112, s113}; st.shared.v2.f32 [from+7040], {s114, s115};" +
        "st.shared.v2.f32 [from+4768], {s116, s117}; st.shared.v2.f32 [from+7072], {s118, s119};" +
        "st.shared.v2.f32 [from+4800], {s120, s121}; st.shared.v2.f32 [from+7104], {s122, s123};" +
        "st.shared.v2.f32 [from+4832], {s124, s125}; st.shared.v2.f32 [from+7136], {s126, s127};";

    /// <summary>Floats of a pixel's row of sums in shared memory: 64, and padding so that the pairs of eight pixels are in different
    /// banks.</summary>
    internal const int RowFloats = 72;

    private const string Fetch = "ldmatrix.sync.aligned.m8n8.x4.shared.b16 ";
}

namespace Wct.Kernels.Ilgpu.TensorCores.Tiles;

/// <summary>Operands of a warp's matrix products, without the instruction. Block n of the sums is for 16 pixels from 16·(n / 8) on, and for
/// the first (n even) or the second (n odd) eight of the 16 output channels whose weights are loaded.</summary>
internal static class WarpProducts
{
    internal const string Block0 = "{s0, s1, s2, s3}, {a0, a1, a2, a3}, {b0, b1}, {s0, s1, s2, s3};";
    internal const string Block1 = "{s4, s5, s6, s7}, {a0, a1, a2, a3}, {b2, b3}, {s4, s5, s6, s7};";
    internal const string Block2 = "{s8, s9, s10, s11}, {a0, a1, a2, a3}, {b0, b1}, {s8, s9, s10, s11};";
    internal const string Block3 = "{s12, s13, s14, s15}, {a0, a1, a2, a3}, {b2, b3}, {s12, s13, s14, s15};";
    internal const string Block4 = "{s16, s17, s18, s19}, {a0, a1, a2, a3}, {b0, b1}, {s16, s17, s18, s19};";
    internal const string Block5 = "{s20, s21, s22, s23}, {a0, a1, a2, a3}, {b2, b3}, {s20, s21, s22, s23};";
    internal const string Block6 = "{s24, s25, s26, s27}, {a0, a1, a2, a3}, {b0, b1}, {s24, s25, s26, s27};";
    internal const string Block7 = "{s28, s29, s30, s31}, {a0, a1, a2, a3}, {b2, b3}, {s28, s29, s30, s31};";
    internal const string Block8 = "{s32, s33, s34, s35}, {a4, a5, a6, a7}, {b0, b1}, {s32, s33, s34, s35};";
    internal const string Block9 = "{s36, s37, s38, s39}, {a4, a5, a6, a7}, {b2, b3}, {s36, s37, s38, s39};";
    internal const string Block10 = "{s40, s41, s42, s43}, {a4, a5, a6, a7}, {b0, b1}, {s40, s41, s42, s43};";
    internal const string Block11 = "{s44, s45, s46, s47}, {a4, a5, a6, a7}, {b2, b3}, {s44, s45, s46, s47};";
    internal const string Block12 = "{s48, s49, s50, s51}, {a4, a5, a6, a7}, {b0, b1}, {s48, s49, s50, s51};";
    internal const string Block13 = "{s52, s53, s54, s55}, {a4, a5, a6, a7}, {b2, b3}, {s52, s53, s54, s55};";
    internal const string Block14 = "{s56, s57, s58, s59}, {a4, a5, a6, a7}, {b0, b1}, {s56, s57, s58, s59};";
    internal const string Block15 = "{s60, s61, s62, s63}, {a4, a5, a6, a7}, {b2, b3}, {s60, s61, s62, s63};";
    internal const string Block16 = "{s64, s65, s66, s67}, {a8, a9, a10, a11}, {b0, b1}, {s64, s65, s66, s67};";
    internal const string Block17 = "{s68, s69, s70, s71}, {a8, a9, a10, a11}, {b2, b3}, {s68, s69, s70, s71};";
    internal const string Block18 = "{s72, s73, s74, s75}, {a8, a9, a10, a11}, {b0, b1}, {s72, s73, s74, s75};";
    internal const string Block19 = "{s76, s77, s78, s79}, {a8, a9, a10, a11}, {b2, b3}, {s76, s77, s78, s79};";
    internal const string Block20 = "{s80, s81, s82, s83}, {a8, a9, a10, a11}, {b0, b1}, {s80, s81, s82, s83};";
    internal const string Block21 = "{s84, s85, s86, s87}, {a8, a9, a10, a11}, {b2, b3}, {s84, s85, s86, s87};";
    internal const string Block22 = "{s88, s89, s90, s91}, {a8, a9, a10, a11}, {b0, b1}, {s88, s89, s90, s91};";
    internal const string Block23 = "{s92, s93, s94, s95}, {a8, a9, a10, a11}, {b2, b3}, {s92, s93, s94, s95};";
    internal const string Block24 = "{s96, s97, s98, s99}, {a12, a13, a14, a15}, {b0, b1}, {s96, s97, s98, s99};";
    internal const string Block25 = "{s100, s101, s102, s103}, {a12, a13, a14, a15}, {b2, b3}, {s100, s101, s102, s103};";
    internal const string Block26 = "{s104, s105, s106, s107}, {a12, a13, a14, a15}, {b0, b1}, {s104, s105, s106, s107};";
    internal const string Block27 = "{s108, s109, s110, s111}, {a12, a13, a14, a15}, {b2, b3}, {s108, s109, s110, s111};";
    internal const string Block28 = "{s112, s113, s114, s115}, {a12, a13, a14, a15}, {b0, b1}, {s112, s113, s114, s115};";
    internal const string Block29 = "{s116, s117, s118, s119}, {a12, a13, a14, a15}, {b2, b3}, {s116, s117, s118, s119};";
    internal const string Block30 = "{s120, s121, s122, s123}, {a12, a13, a14, a15}, {b0, b1}, {s120, s121, s122, s123};";
    internal const string Block31 = "{s124, s125, s126, s127}, {a12, a13, a14, a15}, {b2, b3}, {s124, s125, s126, s127};";
}

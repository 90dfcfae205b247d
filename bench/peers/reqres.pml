/* N hosts in a ring. Host i asks host i+1 K times without waiting, i+1 answers, and i takes the answer. The network is one multiset:
   messages are put in order, and any of them may be received. C(K+3,3)^N states; 4^N for K = 1, as bench/gen ring N has them. */
#ifndef N
#define N 6
#endif
#ifndef K
#define K 1
#endif
#define NEXT ((_pid + 1) % N)
#define PREVIOUS ((_pid + N - 1) % N)
mtype = {REQ, RES};
chan net = [N * K] of {mtype, byte, byte}; /* what, from, to */
active [N] proctype host() {
  byte left = K;
end: do
  :: d_step { left > 0 -> left--; net!!REQ, _pid, NEXT }
  :: d_step { net??REQ, eval(PREVIOUS), eval(_pid) -> net!!RES, _pid, PREVIOUS }
  :: d_step { net??RES, eval(NEXT), eval(_pid) -> skip }
  od
}

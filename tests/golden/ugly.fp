// A program that nobody laid out. Comments have to survive.
host a,b   ,
 c
record   P(n:Int,s:String)   // a record
def inc:Int=>Int=(x:Int)=>x+1
/* the
   program */ at a{val r=populate(b,[P(1,"one"),P(2,"two")]);// data

   // what follows is staged
val s=r.apply(spore{k=2,h:Host=c;ps=>val big=ps.filter(p=>p.n>=k);populate(h,big.map(p=>p.s++"!"))})   ;


 if(size(await(s.send()))==1&&!(1<0)||false) {inc( (1+2)*3 )} else inc(1+(2*3)) // the end
}
check   result a==10
